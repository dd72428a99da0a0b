"""Reading a document of the agreement: first into blocks, then each block into its place. Nothing here touches the database."""
