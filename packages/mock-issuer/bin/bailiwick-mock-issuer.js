#!/usr/bin/env node
// A file that is there before the package is built: what installs the workspace links to it.
import '../dist/bin.js'
