package dev.lanewise.data;

/** A call whose result is dropped does nothing; Error Prone and IDEs know this annotation by its simple name. */
@interface CheckReturnValue {}
