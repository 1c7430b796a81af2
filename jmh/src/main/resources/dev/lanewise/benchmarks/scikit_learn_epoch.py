"""Seconds and mean loss of epochs of scikit-learn's MLPClassifier in float32, 784-256-128-10, on Fashion-MNIST: a line an epoch.

Before them a line for each BLAS that NumPy and SciPy have loaded.

Arguments: the directory of the IDX files, the number of epochs. Threads are up to OMP_NUM_THREADS.
"""

import gzip
import sys
import time

import numpy as np
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_info

directory, epochs = sys.argv[1], int(sys.argv[2])


def read(name, header):
    with gzip.open(f"{directory}/{name}-ubyte.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


x = (read("train-images-idx3", 16).reshape(-1, 784) / np.float32(255)).astype(np.float32)
y = read("train-labels-idx1", 8)
network = MLPClassifier(
    (256, 128), solver="sgd", momentum=0, nesterovs_momentum=False, alpha=0, learning_rate_init=0.1, batch_size=128,
    random_state=1, max_iter=1,
)
for blas in threadpool_info():
    if blas["user_api"] == "blas":
        print(blas["internal_api"], blas["version"], blas.get("architecture"), f"{blas['num_threads']} thread(s)")
for _ in range(epochs):
    begin = time.perf_counter()
    network.partial_fit(x, y, classes=np.arange(10))
    print(time.perf_counter() - begin, network.loss_, flush=True)
assert network.coefs_[0].dtype == np.float32
