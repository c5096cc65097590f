"""The OpenAPI 3.1 description of both surfaces. Nothing here is imported before somebody asks for it.

`schema` has the words of JSON Schema, `operation` what a row of a route table is described by; `service` and
`control` describe their rows, one module for each noun; `document` puts it all together for one world.
"""
