//! A value of any type that can be read, by chance: what its `Deserialize` asks for is drawn.
//!
//! No kind of frame or command is listed here: one that is added is drawn from then on.

use rand::rngs::SmallRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde::de::value::{Error, U32Deserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer as _, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};
use uuid::Uuid;

/// How many things of each kind there are; all kinds share their ids, so that most of what is drawn is there.
pub(crate) const THINGS: u128 = 6;
/// What texts are made of: names, keys, an address, what is no text of a person.
const TEXTS: [&str; 10] = ["80", "7f80", "8180", "积分商城", "a@qiming.example", "card", "", " x ", "\u{0}", "👩‍👩‍👧"];
const DATES: [&str; 5] = ["2026-07-01", "2024-02-29", "9999-12-31", "-009999-01-01", "0000-01-01"];

/// A value. What is drawn may be none, such as a text where a key must be: then it is drawn again.
pub(crate) fn draw<T: DeserializeOwned>(random: &mut SmallRng) -> T {
    loop {
        let mut draw = Draw(SmallRng::from_rng(random));
        if let Ok(value) = T::deserialize(&mut draw) {
            return value;
        }
    }
}

pub(crate) fn id(random: &mut SmallRng) -> Uuid {
    Uuid::from_u128(if random.random_ratio(1, 8) { random.random() } else { random.random_range(1..=THINGS) })
}

struct Draw(SmallRng);

impl Draw {
    fn text(&mut self) -> String {
        let mut text: String = (*TEXTS.choose(&mut self.0).expect("there are some")).to_owned();
        while self.0.random_ratio(1, 4) {
            text.push_str(TEXTS.choose(&mut self.0).expect("there are some"));
            text.extend(self.0.random_ratio(1, 3).then_some('\n'));
        }
        if self.0.random_ratio(1, 40) { text.repeat(self.0.random_range(1..400)) } else { text }
    }

    /// Small as most numbers are, or at an edge.
    fn number(&mut self) -> i128 {
        match self.0.random_range(0..8) {
            0 => self.0.random::<i64>().into(),
            1 => *[i128::from(i64::MIN), i64::MAX.into(), u64::MAX.into(), u32::MAX.into(), u16::MAX.into(), -1]
                .choose(&mut self.0)
                .expect("there are some"),
            _ => self.0.random_range(0..120),
        }
    }

    fn several(&mut self) -> usize {
        if self.0.random_ratio(1, 30) { self.0.random_range(0..60) } else { self.0.random_range(0..4) }
    }
}

macro_rules! numbers {
    ($($ask:ident $give:ident $kind:ty),* $(,)?) => {$(
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the lowest bits are as good as any")]
        fn $ask<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$give(self.number() as $kind)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Draw {
    type Error = Error;

    numbers! {
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64,
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("postcard does not say what comes either"))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.0.random())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text())
    }

    /// What is asked for as a borrowed text is a date.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(DATES.choose(&mut self.0).expect("there are some"))
    }

    /// What is asked for as bytes is an id.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bytes(id(&mut self.0).as_bytes())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.random_ratio(2, 3) { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.several();
        visitor.visit_seq(Several { draw: self, left })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.several();
        visitor.visit_map(Several { draw: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, left: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Several { draw: self, left })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Several { draw: self, left: fields.len() })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(Variant { draw: self, of: variants.len() })
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 f64 char byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

struct Several<'a> {
    draw: &'a mut Draw,
    left: usize,
}

impl Several<'_> {
    fn next(&mut self) -> bool {
        let next = self.left > 0;
        self.left = self.left.saturating_sub(1);
        next
    }
}

impl<'de> SeqAccess<'de> for Several<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next().then(|| seed.deserialize(&mut *self.draw)).transpose()
    }
}

impl<'de> MapAccess<'de> for Several<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(&mut *self.draw)
    }
}

struct Variant<'a> {
    draw: &'a mut Draw,
    of: usize,
}

impl<'a, 'de> EnumAccess<'de> for Variant<'a> {
    type Error = Error;
    type Variant = &'a mut Draw;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), Error> {
        let index = u32::try_from(self.draw.0.random_range(0..self.of)).expect("there are few");
        let index: U32Deserializer<Error> = index.into_deserializer();
        Ok((seed.deserialize(index)?, self.draw))
    }
}

impl<'de> VariantAccess<'de> for &mut Draw {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, left: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Several { draw: self, left })
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Several { draw: self, left: fields.len() })
    }
}
