/** What readers and writers of files have in common: types of numbers, files in pieces, a file that is written whole or not at all. */
package dev.lanewise.file;
