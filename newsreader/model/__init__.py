"""The nouns: frozen values without input or output. `news` is what lists need, `article` the whole text."""
