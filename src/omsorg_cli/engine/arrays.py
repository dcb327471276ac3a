"""What runs over many values at once are made of."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
"""One value for each draw, or for each point that is looked at."""
