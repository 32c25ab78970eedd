from plans.figures.body.body import Body, BodyName, Build, ClothPart, Feet, Material, Skin
from plans.figures.body.load import load_body
from plans.figures.body.segments import SEGMENTS

__all__ = ["SEGMENTS", "Body", "BodyName", "Build", "ClothPart", "Feet", "Material", "Skin", "load_body"]
