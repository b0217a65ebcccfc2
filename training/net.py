"""The reader's network: a line of 40 pixel rows in, two CTC frames for every 4 pixel columns out.

Takes `(lines, 1, 40, width)` floats, paper 0 and ink 1 (see `normalize.py`), width a multiple of 32.
Gives `(lines, width / 2, classes)` raw scores; class 0 is the CTC blank. Fully convolutional, so that any width works
and a line's reading depends on nothing but its own pixels.
"""

import torch
from torch import nn

from .normalize import HEIGHT

FRAMES_PER_STEP = 2  # stacked marks such as ที่ need more frames than their 4 px step gives
STEM = (24, 48, 80)
CHANNELS = 160
KERNELS = (5, 7, 9, 11, 13, 15)


class Residual(nn.Module):
    """A depthwise look around or along, then pointwise widen and narrow; added to what came in, and at first nothing."""

    def __init__(self, channels: int, kernel: tuple[int, int]):
        super().__init__()
        wide = channels * 2
        self.along = nn.Conv2d(channels, channels, kernel, padding=(kernel[0] // 2, kernel[1] // 2), groups=channels, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        self.widen = nn.Conv2d(channels, wide, 1)
        self.narrow = nn.Conv2d(wide, channels, 1, bias=False)
        self.settle = nn.BatchNorm2d(channels)
        nn.init.zeros_(self.settle.weight)

    def forward(self, x):
        y = self.norm(self.along(x))
        y = torch.relu(self.widen(y))
        return x + self.settle(self.narrow(y))


class Stem(nn.Sequential):
    """Three strided 3x3 convolutions, a second look at the small loops that tell ช ซ ข and ด ต apart, then one that folds the remaining 5 rows into channels."""

    def __init__(self):
        a, b, c = STEM
        super().__init__(
            *_conv(1, a, 3, (2, 2), 1),
            *_conv(a, b, 3, (2, 2), 1),
            Residual(b, (3, 3)),
            *_conv(b, c, 3, (2, 1), 1),
            *_conv(c, CHANNELS, (HEIGHT // 8, 1), 1, 0),
        )


class Reader(nn.Module):
    def __init__(self, classes: int, dropout: float = 0.0):
        super().__init__()
        self.classes = classes
        self.stem = Stem()
        self.blocks = nn.Sequential(*(Residual(CHANNELS, (1, k)) for k in KERNELS))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Conv2d(CHANNELS, FRAMES_PER_STEP * classes, 1)

    def forward(self, lines):
        scores = self.head(self.dropout(torch.relu(self.blocks(self.stem(lines)))))
        n = scores.shape[0]
        frames = scores.squeeze(2).permute(0, 2, 1)
        return frames.reshape(n, -1, self.classes)


def _conv(inp, out, kernel, stride, padding):
    return nn.Conv2d(inp, out, kernel, stride, padding, bias=False), nn.BatchNorm2d(out), nn.ReLU()
