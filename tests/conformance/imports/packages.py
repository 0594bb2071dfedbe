# A package with submodules, relative imports and __init__.
import sys

sys.path.insert(0, "modules")

import package.first
from package import second, NAME
from package.inner import deep
from package.inner.deep import where as w

print(package.first.greet(), second.value, NAME, deep.where(), w(), package.inner.__name__)
print(package.__name__, package.first.__name__, package.first.__package__, package.inner.deep.up())
print(sorted(name for name in sys.modules if name.split(".")[0] == "package"))
import package.inner.deep as d
print(d is deep, d.package_name)
