/** What a fit is told, what it reads from and what it tells. */
package dev.lanewise.train;
