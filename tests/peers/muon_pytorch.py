"""Takes steps with PyTorch's Muon, for a comparison of ours step by step.

Writes tests/tensorflow/optimizers/muon_steps.json. Run once, with PyTorch, from the root of a
checkout:

    python tests/peers/muon_pytorch.py
"""

import json

import torch

# Its matrix products are in bfloat16, of which three digits are left; we compare more of them.
torch.bfloat16 = torch.float32

STEPS = 5
SHAPES = [(12, 4), (4, 12), (6, 6)]


def values(shape, shift):
    """Any numbers will do that both sides can make."""
    count = shape[0] * shape[1]
    return torch.sin(torch.arange(count) * 1.7 + shift).reshape(shape)


def steps(shape):
    # PyTorch's matrices are [outputs, inputs], ours [inputs, outputs].
    weight = torch.nn.Parameter(values(shape, 0.5).T.contiguous())
    optimizer = torch.optim.Muon([weight], lr=0.02, weight_decay=0.1, momentum=0.95, ns_steps=5)
    for step in range(STEPS):
        weight.grad = values(shape, step).T.contiguous()
        optimizer.step()
    return weight.detach().T.flatten().tolist()


with open("tests/tensorflow/optimizers/muon_steps.json", "w") as file:
    json.dump(
        {
            "madeBy": "tests/peers/muon_pytorch.py",
            "versions": {"torch": torch.__version__},
            "weights": [{"shape": shape, "values": steps(shape)} for shape in SHAPES],
        },
        file,
        indent=2,
    )
    file.write("\n")
