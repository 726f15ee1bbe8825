"""Make the PNG pictures of a folder light: 256 colours, packed as much as possible."""

import sys
from pathlib import Path

from PIL import Image

for path in sorted(Path(sys.argv[1]).glob("*.png")):
    with Image.open(path) as picture:
        light = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    light.save(path, optimize=True)
    print(f"{path.name} : {path.stat().st_size // 1000} ko")
