/** How parameters move along their gradients: optimizers and schedules of the learning rate. */
package dev.lanewise.optim;
