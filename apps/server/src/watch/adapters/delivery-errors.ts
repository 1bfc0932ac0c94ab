/** A message may not go where it should; trying again will not help. */
export class DeliveryRefused extends Error {
  override readonly name = 'DeliveryRefused';
}

/** A message was not taken this time. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
}
