//! Receipts, by which somebody finds what they handed in among what is published.

use rand::Rng;

/// A receipt that none in `taken` is: six letters and digits that are hard to mistake for each other. It must be drawn
/// by [`crate::World::secret_rng`], or whoever has the database could work it out.
pub fn receipt<'a>(secret_rng: &mut impl Rng, taken: impl IntoIterator<Item = &'a str> + Clone) -> String {
    const SIGNS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    loop {
        let mut draw = || char::from(SIGNS[secret_rng.random_range(0..SIGNS.len())]);
        let half: [String; 2] = std::array::from_fn(|_| (0..3).map(|_| draw()).collect());
        let drawn = half.join("-");
        if !taken.clone().into_iter().any(|other| other == drawn) {
            return drawn;
        }
    }
}
