"""What a prepared model's folder holds, and how long a text may be: shared by the conversion and by what loads it."""

GRAPH, WORDS, SCALES, TOKENIZER, MANIFEST = "model.onnx", "words.npy", "scales.npy", "tokenizer.json", "manifest.json"
MAX_TOKENS = 512
