"""Finding passages: vectors (`vectors`, `chroma_index`), words (`lexical`), their fusion, the retriever, re-indexing."""
