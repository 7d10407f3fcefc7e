"""A weights file that is damaged, cut off or not one is refused with the reason; nothing is read with it."""
import os
import struct

import harness
from harness import Case, run

WEIGHTS = os.path.join(harness.ROOT, "models", "hearsay.hsw")
PAGE = "pages/sample/harbour-post.html"


class Weights(Case):
    @classmethod
    def setUpClass(cls):
        with open(WEIGHTS, "rb") as f:
            cls.good = f.read()

    def refused(self, content, name="bad.hsw"):
        path = self.file(name, content)
        result = run("read", "--weights", path, PAGE)
        self.assertEqual((result.status, result.out), (1, b""))
        self.assert_complaints(result, f"{path}: ")
        self.assertGreater(len(result.complaints[0]), len(f"hearsay: {path}: ") + 5, "a reason is given")

    def changed(self, at, new):
        self.refused(self.good[:at] + new + self.good[at + len(new):])

    def test_good_ones_by_option_and_environment(self):
        plain = run("read", PAGE)
        self.assertEqual(plain.status, 0)
        self.assertEqual(run("read", "--weights", WEIGHTS, PAGE).out, plain.out)
        self.assertEqual(run("read", PAGE, env={"HEARSAY_WEIGHTS": WEIGHTS}).out, plain.out)

    def test_cut_off(self):
        for n in (0, 1, 7, 8, 63, 64, 100, 1000, len(self.good) // 2, len(self.good) - 1):
            with self.subTest(n):
                self.refused(self.good[:n])

    def test_longer_than_it_says(self):
        self.refused(self.good + b"\0")

    def test_another_magic_and_version(self):
        self.changed(0, b"X")
        self.changed(8, struct.pack("<I", 1))

    def test_every_field_of_the_header(self):
        for at in range(0, 32, 4):
            with self.subTest(at):
                word = struct.unpack_from("<I", self.good, at)[0]
                self.changed(at, struct.pack("<I", word ^ 0x01000001))
                self.changed(at, b"\xff\xff\xff\xff" if word != 0xFFFFFFFF else b"\0\0\0\0")

    def test_one_bit_anywhere(self):
        for share in (0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999):
            at = int(len(self.good) * share)
            with self.subTest(at):
                self.changed(at, bytes([self.good[at] ^ 4]))

    def test_missing(self):
        for path in (os.path.join(self.folder, "none.hsw"), self.folder):
            result = run("read", "--weights", path, PAGE)
            self.assertEqual((result.status, result.out), (1, b""))
            self.assert_complaints(result, path)

    def test_not_needed_without_claims(self):
        result = run("read", "--no-claims", "--weights", "/nonexistent", PAGE)
        self.assertEqual((result.status, result.err), (0, b""))


if __name__ == "__main__":
    harness.main()
