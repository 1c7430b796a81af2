"""Makes the files of this folder, by NumPy 2.2: python3 reference.py, here."""
import numpy as np
arrays = {}
for kind in 'b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8'.split():
    values = np.array([[0, 1, 2], [3, 50, 127]]) * (-1 if kind[0] in 'if' else 1) / (4 if kind[0] == 'f' else 1)
    for order in '<>':
        for indices in 'CF':
            arrays[order + kind + indices] = np.array(values, order + kind, order=indices)
arrays['cube C'] = np.arange(24, dtype='i2').reshape(2, 3, 4)
arrays['cube F'] = np.asfortranarray(arrays['cube C'])
arrays['scalar'] = np.array(2.5)
arrays['row'] = np.array([1.5, 2.5, 3.5], 'f4')
arrays['no rows'] = np.zeros((0, 3))
arrays['labels'] = np.array([3, 0, 2])
np.savez_compressed('arrays.npz', **arrays)
np.savez('stored.npz', x=arrays['<f8F'], y=arrays['labels'])
np.savez('refused.npz', objects=np.array([1, 'a'], object), strings=np.array(['a', 'bc']), bytes=np.array([b'a']),
         records=np.zeros(2, [('a', 'f4'), ('b', 'i4')]), complex=np.zeros(2, 'c8'), dates=np.zeros(2, 'M8[s]'),
         void=np.zeros(2, 'V3'))
for version in (1, 2, 3):
    with open(f'version-{version}.npy', 'wb') as file:
        np.lib.format.write_array(file, arrays['<i2C'], version=(version, 0))
np.save('float32.npy', arrays['<f4C'])
np.save('int32.npy', arrays['labels'].astype('i4'))
