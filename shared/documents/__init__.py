"""Official documents (公文書の様式) as PDF: Typst templates in the apps, one renderer and one choice of fonts here."""
