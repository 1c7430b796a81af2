"""Writes the tables beside it with scikit-learn 1.4.2 and NumPy 2.2: `python3 make.py`.

Inputs are float32, as a network's predictions are, and every figure is computed from them in float64.
"""

import csv
import pathlib

import numpy as np
from sklearn import metrics
from sklearn.model_selection import KFold, StratifiedKFold

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(4)


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows([[repr(v.item() if hasattr(v, "item") else v).strip("'") for v in row] for row in rows])


def floats(values):
    return np.asarray(values, np.float32).astype(np.float64)


def binary():
    n = 200
    y = random.integers(0, 2, n)
    # Two decimals, so that many scores are tied; the first four are certain, and two of these wrong.
    p = floats(np.clip(np.round(0.5 + 0.25 * (y - 0.5) + random.normal(0, 0.2, n), 2), 0, 1))
    p[:4] = [0, 1, 0, 1]
    y[:4] = [0, 1, 1, 0]
    w = np.round(random.uniform(0, 3, n), 2)
    w[10:20] = 0
    write("binary.csv", ["label", "score", "weight"], zip(y, p, w))

    clip = np.clip(p, 2.0**-23, 1 - 2.0**-23)
    figures = {}
    for suffix, weights in (("", None), ("_weighted", w)):
        args = {"sample_weight": weights}
        figures["accuracy" + suffix] = metrics.accuracy_score(y, p >= 0.5, **args)
        figures["roc_auc" + suffix] = metrics.roc_auc_score(y, p, **args)
        figures["average_precision" + suffix] = metrics.average_precision_score(y, p, **args)
        figures["log_loss" + suffix] = metrics.log_loss(y, clip, **args)
        figures["brier" + suffix] = metrics.brier_score_loss(y, p, **args)
        fpr, tpr, at = metrics.roc_curve(y, p, **args)
        write(f"roc{suffix}.csv", ["threshold", "fpr", "tpr"], zip(at, fpr, tpr))
        precision, recall, at = metrics.precision_recall_curve(y, p, **args)
        rows = zip(np.append(at, np.inf), precision, recall)
        write(f"precision_recall{suffix}.csv", ["threshold", "precision", "recall"], list(rows)[::-1])
    write("binary_figures.csv", ["figure", "value"], figures.items())


def multiclass():
    n, k = 150, 4
    y = random.integers(0, k, n)
    z = random.normal(0, 1, (n, k)) + 1.2 * np.eye(k)[y]
    p = floats(np.exp(z) / np.exp(z).sum(1, keepdims=True))
    p[:2] = [[1, 0, 0, 0], [0, 0, 0, 1]]
    y[:2] = [0, 1]
    w = np.round(random.uniform(0, 3, n), 2)
    write("multiclass.csv", ["label", "p0", "p1", "p2", "p3", "weight"], [[a, *b, c] for a, b, c in zip(y, p, w)])

    clip = np.clip(p, 2.0**-23, 1 - 2.0**-23)
    # scikit-learn's one-vs-rest refuses rows that do not sum to 1 exactly, so the mean is taken here.
    hot = np.eye(k)[y]
    figures = {}
    for suffix, weights in (("", None), ("_weighted", w)):
        args = {"sample_weight": weights}
        figures["accuracy" + suffix] = metrics.accuracy_score(y, p.argmax(1), **args)
        for top in (1, 2, 3, 4):
            figures[f"top{top}{suffix}"] = metrics.top_k_accuracy_score(y, p, k=top, labels=range(k), **args)
        figures["roc_auc" + suffix] = metrics.roc_auc_score(hot, p, average="macro", **args)
        figures["average_precision" + suffix] = metrics.average_precision_score(hot, p, average="macro", **args)
        figures["log_loss" + suffix] = metrics.log_loss(y, clip, **args)
        figures["brier" + suffix] = np.average(((p - hot) ** 2).sum(1), weights=weights)
    write("multiclass_figures.csv", ["figure", "value"], figures.items())

    predicted = p.argmax(1)
    rows = []
    for normalize in (None, "true", "pred", "all"):
        for t, row in enumerate(metrics.confusion_matrix(y, predicted, normalize=normalize)):
            rows.append([normalize or "counts", t, *row])
    for c, ((tn, fp), (fn, tp)) in enumerate(metrics.multilabel_confusion_matrix(y, predicted)):
        rows.append(["one_vs_rest", c, tp, fp, fn, tn])
    write("confusion.csv", ["view", "row", "c0", "c1", "c2", "c3"], rows)


def regression():
    n = 121
    y = floats(random.normal([3, -100, 0.02], [1, 40, 0.001], (n, 3)))
    p = floats(y + random.normal(0, [0.5, 30, 0.002], (n, 3)))
    p[5] = floats([6, 300, 0.03])
    w = np.round(random.uniform(0, 3, n), 2)
    write("regression.csv", ["y0", "y1", "y2", "p0", "p1", "p2", "weight"], [[*a, *b, c] for a, b, c in zip(y, p, w)])

    figures = {}
    for suffix, rows, weights in (("", n, None), ("_weighted", n, w), ("_even", n - 1, None)):
        args = {"sample_weight": None if weights is None else weights[:rows]}
        for name, outputs in (("", slice(None)), ("_y0", slice(1))):
            a, b = y[:rows, outputs], p[:rows, outputs]
            figures["r2" + suffix + name] = metrics.r2_score(a, b, **args)
            figures["mse" + suffix + name] = metrics.mean_squared_error(a, b, **args)
            figures["rmse" + suffix + name] = metrics.root_mean_squared_error(a, b, **args)
            figures["mae" + suffix + name] = metrics.mean_absolute_error(a, b, **args)
            if weights is None:
                figures["median" + suffix + name] = metrics.median_absolute_error(a, b)
    write("regression_figures.csv", ["figure", "value"], figures.items())


def folds():
    rows = []
    for n, k in ((10, 2), (10, 3), (23, 5), (7, 7)):
        for f, (train, test) in enumerate(KFold(k, shuffle=True).split(range(n))):
            rows.append(["plain", n, k, f, len(test), ""])
    for name, n, shares in (("even", 90, [1, 1, 1]), ("skewed", 53, [0.7, 0.2, 0.1]), ("rare", 31, [0.9, 0.05, 0.05])):
        labels = random.choice([7, -3, 0], n, p=np.array(shares) / sum(shares))
        for k in (2, 5):
            for f, (train, test) in enumerate(StratifiedKFold(k, shuffle=True).split(labels, labels)):
                counts = " ".join(str((labels[test] == c).sum()) for c in (7, -3, 0))
                rows.append(["stratified", " ".join(map(str, labels)), k, f, len(test), counts])
    write("folds.csv", ["kind", "rows", "folds", "fold", "size", "of7_of-3_of0"], rows)


binary()
multiclass()
regression()
folds()
