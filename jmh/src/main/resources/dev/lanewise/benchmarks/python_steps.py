"""Trains a step of the benchmarks by PyTorch or by scikit-learn's MLPClassifier: plain descent, softmax with cross-entropy, shuffled rows.

Arguments: torch or sklearn; the directory with x.f32, labels.i32 and weights-0.f32 (inputs x outputs), weights-1.f32, … as raw arrays;
the widths as in 64-15-10; sigmoid or relu; the rows of a batch; the learning rate; threads; and three that say how long: epochs before the
loss is taken, seconds to warm up and seconds to measure.

Prints the version of the library and the BLAS files it has loaded; and, in the last line, the samples a second of the median epoch and
the mean loss of the first epoch and of the last of those before the warm-up.
"""

import ctypes
import os
import sys
import time

import numpy as np

library, directory, widths, hidden, batch, rate, threads, epochs, warm_up, seconds = sys.argv[1:]
widths = [int(width) for width in widths.split("-")]
batch, rate, threads, epochs = int(batch), float(rate), int(threads), int(epochs)
x = np.fromfile(f"{directory}/x.f32", np.float32).reshape(-1, widths[0])
y = np.fromfile(f"{directory}/labels.i32", np.int32)
weights = [
    np.fromfile(f"{directory}/weights-{i}.f32", np.float32).reshape(widths[i], widths[i + 1]) for i in range(len(widths) - 1)
]


def blas():
    with open("/proc/self/maps") as maps:
        files = {line.split()[-1] for line in maps}
    names = ("libopenblas", "libmkl_rt", "libblis")
    return "on " + (" and ".join(code(file) for file in sorted(files) if os.path.basename(file).startswith(names)) or "a BLAS of its own")


def code(file):
    """With the processor that OpenBLAS has chosen its code for."""
    try:
        core = ctypes.CDLL(file).openblas_get_corename
    except AttributeError:
        return file
    core.restype = ctypes.c_char_p
    return f"{file} for {core().decode()}"


def torch_epochs():
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    print("PyTorch", torch.__version__, blas())
    layers = []
    for w in weights:
        layer = torch.nn.Linear(*w.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(w.T.copy()))
            layer.bias.zero_()
        layers += [layer, torch.nn.Sigmoid() if hidden == "sigmoid" else torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers[:-1])
    cross_entropy = torch.nn.CrossEntropyLoss()
    descent = torch.optim.SGD(network.parameters(), lr=rate)
    rows, labels = torch.from_numpy(x), torch.from_numpy(y.astype(np.int64))
    while True:
        order = torch.randperm(len(rows))
        total = torch.zeros(())
        for i in range(0, len(rows), batch):
            some = order[i : i + batch]
            descent.zero_grad()
            loss = cross_entropy(network(rows[some]), labels[some])
            loss.backward()
            descent.step()
            total += loss.detach()
        yield total.item() * batch / len(rows)


def sklearn_epochs():
    import sklearn
    from sklearn.neural_network import MLPClassifier

    print("scikit-learn", sklearn.__version__, blas())
    network = MLPClassifier(
        widths[1:-1], activation="logistic" if hidden == "sigmoid" else "relu", solver="sgd",
        momentum=0, nesterovs_momentum=False, alpha=0, learning_rate_init=rate, batch_size=batch, random_state=np.random.RandomState(1),
    )
    # Its own first weights give way to those of all; a call with a step of nothing makes them.
    network.set_params(learning_rate_init=1e-30)
    network.partial_fit(x[:batch], y[:batch], classes=np.arange(widths[-1]))
    for own, given in zip(network.coefs_, weights):
        own[:] = given
    for own in network.intercepts_:
        own[:] = 0
    network._optimizer.learning_rate = rate
    while True:
        network.partial_fit(x, y)
        assert network.coefs_[0].dtype == np.float32
        yield network.loss_


begin = time.perf_counter()
before = begin
rates = []
losses = []
for number, mean in enumerate(torch_epochs() if library == "torch" else sklearn_epochs(), 1):
    now = time.perf_counter()
    if number in (1, epochs):
        losses.append(mean)
    if number == epochs:
        begin = now
    elif number > epochs and before - begin >= float(warm_up):
        rates.append(len(x) / (now - before))
        if now - begin >= float(warm_up) + float(seconds):
            break
    before = now
print(np.median(rates), *losses)
