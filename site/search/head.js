datelineFound("head",{"first":["1"],"documents":153,"each":100});
