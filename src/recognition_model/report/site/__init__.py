"""A folder of pages to publish. `plan` says what is in it, `build` makes the files.

Every page opens from disk, without network and server. Each link in a page is relative, so that the
folder can stand below any address.
"""
