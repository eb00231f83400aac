"""EC2: corrections of what moto answers, and the refusals that AWS makes and moto does not."""
