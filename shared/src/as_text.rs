//! Values that are written as one text, in settings, records and reports.

/// Makes a type that has a `Display` and a `FromStr` be serialised as that text.
#[macro_export]
macro_rules! as_text {
    ($name:ty) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::{fmt, str::FromStr};

    #[derive(Debug, PartialEq)]
    struct Even(u8);

    impl fmt::Display for Even {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}", self.0)
        }
    }

    impl FromStr for Even {
        type Err = String;

        fn from_str(text: &str) -> Result<Self, String> {
            let number: u8 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
            if number.is_multiple_of(2) { Ok(Self(number)) } else { Err(format!("{number} is odd")) }
        }
    }

    crate::as_text!(Even);

    #[test]
    fn a_value_is_stored_as_its_text_and_what_it_refuses_is_said() {
        assert_eq!(serde_json::to_string(&Even(4)).unwrap(), "\"4\"");
        assert_eq!(serde_json::from_str::<Even>("\"4\"").unwrap(), Even(4));
        assert!(serde_json::from_str::<Even>("\"3\"").unwrap_err().to_string().contains("3 is odd"));
        assert!(serde_json::from_str::<Even>("4").is_err(), "a number is no text");
    }
}
