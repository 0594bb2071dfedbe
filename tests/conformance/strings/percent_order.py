# "text" % (values): with %s, %r and %a alone each value is formatted before the next is evaluated.
class T:
    def __init__(self,n): self.n=n
    def __str__(self): print('str',self.n); return 'S%s'%self.n
    def __repr__(self): print('repr',self.n); return 'R%d'%self.n
    def __format__(self,s): print('format',self.n,s); return 'F'
def g(x): print('eval',x.n); return x
a,b=T(1),T(2)
def run(f):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
run(lambda: '%s-%r%%|%a' % (g(a),g(b),g(a)))
run(lambda: '%5s|%-6r|%.1s|%10.2s|%-3s%%' % (g(a),g(b),g(a),g(b),'é'))
run(lambda: '%s' % (g(a),))
run(lambda: '%s %s' % (g(a),))
run(lambda: '%s' % (g(a),g(b)))
run(lambda: '%d %s' % (g(a),g(b)))
run(lambda: '%s %d' % (g(a),3))
run(lambda: '%0s|%+s|% s|%#s|%05s|%-05s|%.s|%.00s|%100s|%.03s' % (a,a,a,a,a,a,a,a,a,a))
run(lambda: '%0s|%+s|% s|%#s|%05s|%-05s|%.s|%.00s|%99s|%.03s' % (a,a,a,a,a,a,a,a,a,a))
run(lambda: '%s' % (a,)+'%' )
run(lambda: '%' % (a,))
run(lambda: '%s %' % (a,b))
run(lambda: '%%' % (a,))
run(lambda: '' % (a,))
run(lambda: 'abc' % ())
run(lambda: '%s' % (1,))
run(lambda: '%s%s' % (a.n,[1,'x']))
run(lambda: '%ls' % (a,))
run(lambda: '%(x)s' % (a,))
run(lambda: 'ß%sé' % (a.n,))
x='%s and %s'
run(lambda: x % (g(a),g(b)))
run(lambda: '%s %s' % (*[1],2))
run(lambda: '%5r|%-5a' % ('é','é'))
