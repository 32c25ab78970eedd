"""The words of the body: joints with their movements and human ranges, parts that touch, sides."""
