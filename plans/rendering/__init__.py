"""The queue of renderings: asked for, claimed, stored, finished, swept. What a file holds, the handout decides."""
