/** What readers and writers of files have in common: the types of numbers, and a file that is written whole or not at all. */
package dev.lanewise.file;
