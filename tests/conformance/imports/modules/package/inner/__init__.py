# Inner package.
