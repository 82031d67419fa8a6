"""What volunteers write on words of a page.

``page_identity`` says which page an address means, the same here and in the extension.
"""
