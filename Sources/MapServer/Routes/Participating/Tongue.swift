/// The languages in which people write, by what their own speakers call them.
enum Tongue {
    /// Those offered where a layer names none: what is spoken around the venue.
    static let usual = ["fr", "en", "ar", "bm", "es", "it", "ja", "pl", "pt", "ru", "tr", "uk", "vi", "zh"]

    private static let names = [
        "fr": "français", "en": "English", "ar": "العربية", "bm": "bamanankan", "br": "brezhoneg", "de": "Deutsch",
        "es": "español", "fa": "فارسی", "he": "עברית", "it": "italiano", "ja": "日本語", "kab": "Taqbaylit",
        "nl": "Nederlands", "oc": "occitan", "pl": "polski", "pt": "português", "ro": "română", "ru": "русский",
        "ta": "தமிழ்", "tr": "Türkçe", "uk": "українська", "vi": "Tiếng Việt", "wo": "Wolof", "zh": "中文",
    ]

    /// Its name, or its code where we know none.
    static func name(of code: String) -> String { names[code] ?? code }
}
