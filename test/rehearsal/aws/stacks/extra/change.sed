s/default = "1"/default = "2"/
