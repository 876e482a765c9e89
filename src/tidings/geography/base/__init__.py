"""The packaged base map; SOURCE.md says where it comes from."""
