"""The speed of PyTorch, for deno task bench:train and bench:predict.

    python tests/peers/pytorch_speed.py train small-cnn 64
"""

import os
import sys
import time

import torch
from answer import answer
from torch import nn

task, model_id, batch_size = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.set_num_threads(os.cpu_count())


def small_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(3136, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )


def vgg():
    layers = []
    channels = 1
    for filters in (64, 128, 256):
        for _ in range(2):
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.BatchNorm2d(filters), nn.ReLU()]
            channels = filters
        layers += [nn.MaxPool2d(2), nn.Dropout(0.25)]
    layers += [nn.Flatten(), nn.Linear(2304, 2048), nn.BatchNorm1d(2048), nn.ReLU(), nn.Dropout(0.5)]
    return nn.Sequential(*layers, nn.Linear(2048, 10))


def make(batch, channels_last, compiled):
    layout = torch.channels_last if channels_last else torch.contiguous_format
    model = {"small-cnn": small_cnn, "vgg": vgg}[model_id]().to(memory_format=layout)
    images = torch.rand(batch, 1, 28, 28).contiguous(memory_format=layout)
    return torch.compile(model) if compiled else model, images


def train(channels_last=False, compiled=False):
    """Forward, backward and update on one batch that is there already."""
    made = []

    def run(times):
        if not made:
            model, images = make(batch_size, channels_last, compiled)
            optimizer = torch.optim.Adam(model.parameters(), eps=1e-7, fused=True)
            made.extend([model.train(), images, torch.randint(0, 10, (batch_size,)), optimizer])
        model, images, labels, optimizer = made
        start = time.perf_counter()
        for _ in range(times):
            optimizer.zero_grad(set_to_none=True)
            loss = nn.functional.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
        loss.item()
        return time.perf_counter() - start

    return run


def predict(batch_size, channels_last=False, compiled=False):
    """Logits of 10,000 images."""
    made = []

    def run(times):
        if not made:
            model, images = make(10_000, channels_last, compiled)
            made.extend([model.eval(), images])
        model, images = made
        start = time.perf_counter()
        with torch.inference_mode():
            for _ in range(times):
                for batch in images.split(batch_size):
                    model(batch)
        return time.perf_counter() - start

    return run


variants = {
    "NCHW": dict(),
    "channels last": dict(channels_last=True),
    "NCHW, torch.compile": dict(compiled=True),
    "channels last, torch.compile": dict(channels_last=True, compiled=True),
}
if task == "train":
    answer({name: train(**options) for name, options in variants.items()})
else:
    answer({f"{name}, batches of 250": predict(250, **options) for name, options in variants.items()})
