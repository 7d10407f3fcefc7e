"""Who is relied on: a notebook as a script. Editors that know "# %%" run it cell by cell; as a program it is

usage: who_is_relied_on.py INPUT [PICTURE.png]
"""

# %% Read the pages: a folder, an archive, a feed
from __future__ import annotations

import sys
from collections import Counter, defaultdict

import hearsay
import matplotlib.pyplot as plt

source = sys.argv[1] if len(sys.argv) > 1 else "pages/sample"
records = [page for page in hearsay.read_many(hearsay.pages(source)) if isinstance(page, hearsay.Record)]
print(f"{len(records)} pages, {sum(len(record.claims or ()) for record in records)} claims")

# %% Count, for each speaker, the outlets that let them speak. The same person bears several names across pages: the last
# word of a person's name is a fair key within one event, and no more than that.
claims_of: dict[str, Counter[str]] = defaultdict(Counter)
names: dict[str, str] = {}
for record in records:
    outlet = record.outlet or record.path
    for claim in record.claims or ():
        speaker = record.speaker(claim)
        if speaker is None or len(record.chain(claim)) > 1:
            continue  # what reached the page second hand is somebody else's word
        words = speaker.name.replace("’s", "").split()
        key = words[-1].lower()
        claims_of[key][outlet] += 1
        names[key] = max(names.get(key, ""), " ".join(words[-4:]), key=len)

most = sorted(claims_of, key=lambda key: (len(claims_of[key]), claims_of[key].total()), reverse=True)[:10]
outlets = sorted({outlet for key in most for outlet in claims_of[key]})

# %% Draw: a bar a speaker, a colour an outlet
figure, axes = plt.subplots(figsize=(9, 0.45 * len(most) + 1.6), layout="constrained")
left = [0] * len(most)
for outlet in outlets:
    widths = [claims_of[key][outlet] for key in most]
    axes.barh([names[key] for key in most], widths, left=left, label=outlet)
    left = [one + other for one, other in zip(left, widths)]
axes.invert_yaxis()
axes.set_xlabel("claims that the page reports first hand")
axes.set_title("Who is relied on, by how many outlets")
axes.spines[["top", "right"]].set_visible(False)
axes.legend(fontsize="small", frameon=False, loc="lower right")

# %% Show it, or keep it
if len(sys.argv) > 2:
    figure.savefig(sys.argv[2], dpi=120)
else:
    plt.show()
