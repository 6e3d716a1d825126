"""What Tools/bench is made of, in the order of its work: places, shapes, server, truth, load, workloads, scaling, writing,
export, instructions, peers, table."""
