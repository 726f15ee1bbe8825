"""Found only where no TensorFlow is installed: this folder is the last of the search path."""

from tensorflow_stand_in import placeholders

__getattr__ = placeholders(__name__)
