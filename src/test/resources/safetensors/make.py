"""Makes the files beside this one, with safetensors 0.4.5 and NumPy 2.2.4: /usr/bin/python3 make.py"""

import numpy as np
from safetensors import serialize_file
from safetensors.numpy import save_file

# Numbers of two dimensions, of one, of none, of three, and of a dimension without length.
save_file(
    {
        "matrix": np.array([[1, -2.5, 3e-39], [np.inf, -0.0, 0.1]], np.float32),
        "vector": np.array([0.5, 1.5, 2.5, 3.5], np.float32),
        "number": np.array(7.25, np.float32),
        "cube": np.arange(24, dtype=np.float32).reshape(2, 3, 4),
        "empty": np.zeros((0, 3), np.float32),
    },
    "shapes.safetensors",
    {"made by": "numpy", "größe": "☃ \U0001f40d \"quoted\"\n"},
)

# Types, each with its limits where floats have them, too.
save_file(
    {
        "f64": np.array([np.pi, 1e300, -1e-300, 16777217.0], np.float64),
        "f16": np.array([np.pi, 65504, -6e-8, np.inf], np.float16),
        "i64": np.array([-(2**63), 2**63 - 1, 16777217, -3], np.int64),
        "i32": np.array([-(2**31), 2**31 - 1, 16777217, -3], np.int32),
        "i16": np.array([-32768, 32767, 0, -3], np.int16),
        "i8": np.array([-128, 127, 0, -3], np.int8),
        "u8": np.array([0, 127, 128, 255], np.uint8),
    },
    "types.safetensors",
)

# NumPy has no bfloat16: the upper halves of the floats pi, -1e38, 1e-40 and infinity.
upper = np.array([np.pi, -1e38, 1e-40, np.inf], np.float32).view(np.uint32) >> 16
serialize_file(
    {"bf16": {"dtype": "bfloat16", "shape": [4], "data": upper.astype("<u2").tobytes()}}, "bfloat16.safetensors"
)
