def arrange_pages(pages):
    return [[] for _ in pages], []
