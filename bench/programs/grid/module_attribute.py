"""Attributes of a module: through its global name, and of a module in a local variable."""

OPERATIONS = 8

import sys

module = sys.modules[__name__]
aa = 0
bb = 1
cc = 2
dd = 3
ee = 4
ff = 5
gg = 6
hh = 7


def load(n):
    t = total = 0
    for i in range(n):
        t = module.aa
        t = module.bb
        t = module.cc
        t = module.dd
        t = module.ee
        t = module.ff
        t = module.gg
        t = module.hh
        total = (total + t) & 0xFFFFFFFF
    return total


def store(n):
    total = 0
    for i in range(n):
        module.aa = i
        module.bb = i
        module.cc = i
        module.dd = i
        module.ee = i
        module.ff = i
        module.gg = i
        module.hh = i
        total = (total + i) & 0xFFFFFFFF
    return total + aa + hh


def local_load(n):
    local = module
    t = total = 0
    for i in range(n):
        t = local.aa
        t = local.bb
        t = local.cc
        t = local.dd
        t = local.ee
        t = local.ff
        t = local.gg
        t = local.hh
        total = (total + t) & 0xFFFFFFFF
    return total


def local_store(n):
    local = module
    total = 0
    for i in range(n):
        local.aa = i
        local.bb = i
        local.cc = i
        local.dd = i
        local.ee = i
        local.ff = i
        local.gg = i
        local.hh = i
        total = (total + i) & 0xFFFFFFFF
    return total + aa + hh
