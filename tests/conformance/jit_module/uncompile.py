# force_uncompile and force_compile in turn, while the function recurses.
try:
    import jit
except ImportError:
    jit = None


def switch(compile_it):
    if jit is not None:
        if compile_it:
            jit.force_compile(tree)
        else:
            jit.force_uncompile(tree)


def tree(n):
    if n < 2:
        switch(False)
        return n
    return tree(n - 1) + tree(n - 2)


for i in range(8):
    switch(True)
    print(tree(i + 3), end=" ")
print()
if jit is not None:
    assert not jit.is_jit_compiled(len)
    assert not jit.is_jit_compiled(tree)
