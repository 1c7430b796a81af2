"""Writes the tables beside it with scikit-learn 1.4.2 and NumPy 2.2: `python3 make.py`.

Numbers are float32, as a column holds them, and every figure is computed from them in float64.
"""

import csv
import pathlib

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler

HERE = pathlib.Path(__file__).parent
NUMBERS = ["age", "fare", "tiny", "same"]
TEXTS = ["town", "sex"]
SCALERS = {"standard": StandardScaler, "min_max": MinMaxScaler, "robust": RobustScaler}
IMPUTERS = {
    "mean": SimpleImputer(strategy="mean"),
    "median": SimpleImputer(strategy="median"),
    "most_frequent": SimpleImputer(strategy="most_frequent"),
    "constant": SimpleImputer(strategy="constant", fill_value=7.5),
}
random = np.random.default_rng(5)


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows([[v.item() if hasattr(v, "item") else v for v in row] for row in rows])


def people(n):
    numbers = np.column_stack([
        random.integers(1, 80, n),
        np.round(np.exp(random.normal(3, 1, n)), 2),
        random.normal(1e-3, 1e-6, n),
        np.full(n, 0.1),
    ]).astype(np.float32).astype(np.float64)
    numbers[random.random(numbers.shape) < 0.15] = np.nan
    texts = np.column_stack([
        random.choice(["Zürich", "aarau", "Bern", "Chur"], n, p=[0.4, 0.3, 0.2, 0.1]),
        random.choice(["male", "female"], n),
    ]).astype(object)
    texts[random.random(texts.shape) < 0.1] = np.nan
    return numbers, texts


train, train_texts = people(61)
test, test_texts = people(20)
test_texts[3, 0] = "Olten"
missing = lambda value: "" if value != value else value
for name, numbers, texts in (("train", train, train_texts), ("test", test, test_texts)):
    write(f"{name}.csv", NUMBERS + TEXTS, [list(map(missing, [*a, *b])) for a, b in zip(numbers, texts)])

fitted, rows = [], []
for scaling, scaler in SCALERS.items():
    for imputation, imputer in IMPUTERS.items():
        pipeline = make_pipeline(imputer, scaler()).fit(train)
        s = pipeline[1]
        if scaling == "standard":
            center, scale = s.mean_, s.scale_
        elif scaling == "min_max":
            center, scale = s.data_min_, 1 / s.scale_
        else:
            center, scale = s.center_, s.scale_
        for j, column in enumerate(NUMBERS):
            figures = [pipeline[0].statistics_[j], center[j], scale[j]]
            fitted.append([scaling, imputation, column, *figures])
        rows += [[scaling, imputation, i, *row] for i, row in enumerate(pipeline.transform(test))]
write("numbers_fitted.csv", ["scaler", "imputation", "column", "missing", "center", "scale"], fitted)
write("numbers_scaled.csv", ["scaler", "imputation", "row", *NUMBERS], rows)

rows = []
for imputation, imputer in (
    ("most_frequent", SimpleImputer(strategy="most_frequent")),
    ("constant", SimpleImputer(strategy="constant", fill_value="none")),
):
    pipeline = make_pipeline(imputer, OneHotEncoder(handle_unknown="ignore", sparse_output=False)).fit(train_texts)
    names = pipeline[1].get_feature_names_out(TEXTS).tolist()
    rows.append([imputation, "names", -1, " ".join(names)])
    for part, data in (("train", train_texts), ("test", test_texts)):
        for i, row in enumerate(pipeline.transform(data)):
            rows.append([imputation, part, i, " ".join(str(int(v)) for v in row)])
write("categories.csv", ["imputation", "part", "row", "values"], rows)
