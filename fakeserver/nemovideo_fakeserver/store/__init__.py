"""State that lasts: worlds as records, in a file that survives any end, or as readable text.

records   what is written down          one module per noun   from the domain to records and back
wire      records as JSON               rows                  a world taken apart into rows
database  one SQLite file               keeper                what one world has changed, act by act
yaml_...  records as YAML               folder                the uploaded files beside a state file
"""
