#!/usr/bin/env python3
"""Trains the small detector that the quantizer's tests search a recipe for, and draws the scenes that it is judged on.

It is built as current detectors are: Conv-BatchNorm-SiLU, blocks that split and join, pooled pyramid, upsampling, a grid head
without anchors on two scales, boxes in pixels and scores in one output. Four kinds of shapes on textured grounds.

    python3 train_shapes.py OUTPUT_FOLDER [MINUTES]

Needs numpy and PyTorch 1.13 or newer (Debian: python3-torch). Writes shapes_silu.onnx and shapes_scenes.npz: images uint8
[96, 3, 160, 160] RGB, the first 48 for calibration, the others for evaluation; boxes float32 [n, 6]: scene, class, x1, y1, x2, y2.
"""
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SIZE = 160
CLASSES = 4
STRIDES = (8, 16)
SMALL = 48  # shapes up to this side belong to the finer scale


# ---- scenes -------------------------------------------------------------------------------------------------------------

def ground(rng):
    """Tiles, stripes or slow waves, in few colours, so that scenes pack well."""
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    low, high = rng.integers(20, 150, 3), rng.integers(60, 220, 3)
    kind = rng.integers(3)
    if kind == 0:
        cells = rng.random((20, 20))
        mix = np.kron(cells, np.ones((8, 8)))
    elif kind == 1:
        angle, period = rng.random() * np.pi, rng.integers(8, 40)
        mix = ((x * np.cos(angle) + y * np.sin(angle)) // (period / 2) % 2)
    else:
        mix = 0.5 + 0.25 * np.sin(x / rng.integers(9, 40) + rng.random() * 6) + 0.25 * np.sin(y / rng.integers(9, 40))
    mix = np.round(mix * 8) / 8 * rng.uniform(0.3, 1.0)
    return low + (high - low) * mix[..., None]


def mask(kind, cx, cy, r):
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    dx, dy = np.abs(x - cx), np.abs(y - cy)
    if kind == 0:
        return dx ** 2 + dy ** 2 <= r ** 2
    if kind == 1:
        return (dx <= r) & (dy <= r)
    if kind == 2:
        return (y <= cy + r) & (y >= cy - r) & (dx <= (y - cy + r) / 2)
    return ((dx <= r / 3) & (dy <= r)) | ((dy <= r / 3) & (dx <= r))


def scene(rng):
    image, boxes = ground(rng), []
    for _ in range(rng.integers(1, 5)):
        r, kind = rng.uniform(9, 38), int(rng.integers(CLASSES))
        cx, cy = rng.uniform(r, SIZE - 1 - r, 2)
        if any(abs(cx - (b[1] + b[3]) / 2) < r + (b[3] - b[1]) / 2 and abs(cy - (b[2] + b[4]) / 2) < r + (b[4] - b[2]) / 2
               for b in boxes):
            continue
        shape = mask(kind, cx, cy, r)
        colour = rng.integers(0, 256, 3)
        image[shape] = image[shape] * 0.15 + colour * 0.85
        ys, xs = np.nonzero(shape)
        boxes.append((kind, xs.min(), ys.min(), xs.max() + 1.0, ys.max() + 1.0))
    image = np.round(image / 8) * 8
    return np.clip(image, 0, 255).astype(np.uint8).transpose(2, 0, 1), np.array(boxes, np.float32)


# ---- network ------------------------------------------------------------------------------------------------------------

class Conv(nn.Sequential):
    def __init__(self, cin, cout, k=1, s=1):
        super().__init__(nn.Conv2d(cin, cout, k, s, k // 2, bias=False), nn.BatchNorm2d(cout), nn.SiLU())


class Split(nn.Module):
    """Half of the channels go through two convolutions with a shortcut; all parts are joined."""

    def __init__(self, cin, cout, shortcut=True):
        super().__init__()
        self.half, self.shortcut = cout // 2, shortcut
        self.enter = Conv(cin, cout)
        self.first, self.second = Conv(self.half, self.half, 3), Conv(self.half, self.half, 3)
        self.leave = Conv(cout + self.half, cout)

    def forward(self, x):
        a, b = self.enter(x).split(self.half, 1)
        c = self.second(self.first(b))
        return self.leave(torch.cat((a, b, b + c if self.shortcut else c), 1))


class Pools(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.enter, self.leave = Conv(c, c // 2), Conv(c * 2, c)

    def forward(self, x):
        x = self.enter(x)
        a = F.max_pool2d(x, 5, 1, 2)
        b = F.max_pool2d(a, 5, 1, 2)
        return self.leave(torch.cat((x, a, b, F.max_pool2d(b, 5, 1, 2)), 1))


class Head(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.box = nn.Sequential(Conv(c, 24, 3), nn.Conv2d(24, 4, 1))
        self.score = nn.Sequential(Conv(c, 24, 3), nn.Conv2d(24, CLASSES, 1))
        nn.init.constant_(self.score[1].bias, -4.0)

    def forward(self, x):
        return torch.cat((self.box(x), self.score(x)), 1)


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(Conv(3, 12, 3, 2), Conv(12, 20, 3, 2), Split(20, 20))
        self.fine = nn.Sequential(Conv(20, 36, 3, 2), Split(36, 36))
        self.coarse = nn.Sequential(Conv(36, 56, 3, 2), Split(56, 56), Pools(56))
        self.up = Split(56 + 36, 36, False)
        self.heads = nn.ModuleList((Head(36), Head(56)))

    def forward(self, x):
        """Pixels 0 to 1 [n, 3, 160, 160] to [n, 8, 500]: x1, y1, x2, y2 in pixels and four scores."""
        fine = self.fine(self.stem(x))
        coarse = self.coarse(fine)
        joined = self.up(torch.cat((F.interpolate(coarse, scale_factor=2.0, mode="nearest"), fine), 1))
        found = []
        for raw, stride, g in zip((self.heads[0](joined), self.heads[1](coarse)), STRIDES, (20, 10)):
            y, x = torch.meshgrid(torch.arange(g), torch.arange(g), indexing="ij")
            centres = (torch.stack((x, y)).float().view(1, 2, g * g) + 0.5) * stride
            raw = raw.view(-1, 4 + CLASSES, g * g)
            sides = F.softplus(raw[:, :4]) * stride
            found.append(torch.cat((centres - sides[:, :2], centres + sides[:, 2:], torch.sigmoid(raw[:, 4:])), 1))
        return torch.cat(found, 2)


# ---- training -----------------------------------------------------------------------------------------------------------

CENTRES = torch.cat([(torch.stack(torch.meshgrid(torch.arange(g), torch.arange(g), indexing="xy")).float().view(2, -1) + 0.5) * s
                     for s, g in zip(STRIDES, (20, 10))], 1)
SCALE = torch.cat((torch.full((400,), 8.0), torch.full((100,), 16.0)))


def targets(boxes):
    """Class and box of each of the 500 cells; class -1 is ground."""
    kind, goal = torch.full((500,), -1, dtype=torch.long), torch.zeros(4, 500)
    for b in torch.from_numpy(boxes):
        centre, side = (b[1:3] + b[3:5]) / 2, (b[3:5] - b[1:3]).max()
        stride = STRIDES[0] if side <= SMALL else STRIDES[1]
        near = ((CENTRES - centre[:, None]).abs().max(0).values < stride) & (SCALE == stride)
        kind[near], goal[:, near] = b[0].long(), b[1:5, None]
    return kind, goal


def iou(a, b):
    wh = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0)
    both = wh.prod(1)
    return both / ((a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - both + 1e-6)


def loss(out, kind, goal):
    out = out.float()
    found = kind >= 0
    wanted = torch.zeros(out.shape[0], CLASSES, 500)
    wanted.scatter_(1, kind.clamp(min=0)[:, None], found.float()[:, None])
    p = out[:, 4:].clamp(1e-6, 1 - 1e-6)
    focal = F.binary_cross_entropy(p, wanted, reduction="none") * (wanted - p).abs() ** 1.5
    boxes, goals = out[:, :4].transpose(1, 2)[found], goal.transpose(1, 2)[found]
    return (focal.sum() + 2 * (1 - iou(boxes, goals)).sum() + 0.02 * (boxes - goals).abs().sum()) / found.sum().clamp(min=1)


def main(folder, minutes):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    rng = np.random.default_rng(1)
    pool = [scene(rng) for _ in range(3000)]
    images = torch.from_numpy(np.stack([image for image, _ in pool]))
    kinds, goals = map(torch.stack, zip(*(targets(boxes) for _, boxes in pool)))
    net, start = Detector(), time.time()
    print(sum(p.numel() for p in net.parameters()), "parameters", flush=True)
    rate = 4e-3
    optimizer = torch.optim.AdamW(net.parameters(), rate, weight_decay=1e-3)
    step, spent = 0, 0.0
    while spent < 1:
        spent = (time.time() - start) / 60 / minutes
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 50) * (0.02 + 0.98 * max(0.0, 1 - spent))
        chosen = torch.from_numpy(rng.integers(0, len(pool), 32))
        value = loss(net(images[chosen].float() / 255), kinds[chosen], goals[chosen])
        optimizer.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 10.0)
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"{step} steps, {spent:.2f} of the time, loss {value.item():.3f}", flush=True)
    net.eval()
    torch.onnx.export(net, torch.zeros(1, 3, SIZE, SIZE), folder + "/shapes_silu.onnx", opset_version=12,
                      input_names=["images"], output_names=["output0"])
    rng = np.random.default_rng(2)
    kept = [scene(rng) for _ in range(96)]
    rows = [np.concatenate((np.full((len(b), 1), i, np.float32), b), 1) for i, (_, b) in enumerate(kept) if len(b)]
    np.savez_compressed(folder + "/shapes_scenes.npz", images=np.stack([i for i, _ in kept]), boxes=np.concatenate(rows))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 8.0)
