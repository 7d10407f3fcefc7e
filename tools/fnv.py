"""The hash that tables of words are made with, here and in C: 32-bit FNV-1a (Fowler, Noll, Vo)."""


def fnv(data):
    h = 0x811C9DC5
    for byte in data:
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    return h
