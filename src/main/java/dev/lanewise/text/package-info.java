/** What people are told: messages alike in every locale, text from files in quotation marks, and what numbers may be. */
package dev.lanewise.text;
