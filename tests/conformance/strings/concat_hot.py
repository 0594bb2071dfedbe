# Strings grown by += in a hot loop, of 1, 2 and 4 byte characters.
def build(pieces, n):
    text = ""
    for i in range(n):
        text += pieces[i % len(pieces)]
    return text


for pieces in ("a", "ab", "aé", "€", "a😀", ["x", "yy", ""], "é€😀z"):
    text = build(pieces, 9)
    print(text, len(text), text[:3], text == build(pieces, 9), text.upper()[:4])
shared = build("q", 5)
other = shared
shared += "!"
print(shared, other, len(build("abc", 3000)))
try:
    build(["a", 1], 2)
except TypeError as error:
    print(error)


class Holder:
    text = ""


holder = Holder()
for i in range(8):
    holder.text += str(i) if i != 5 else "€"
print(holder.text, Holder.text)
