"""The list that the officer imports: 22 good rows of 10 countries, 3 bad ones."""

COLUMNS = [
    ("name", "Full name"),
    ("title", "Title"),
    ("position", "Position"),
    ("organisation", "单位"),
    ("country", "Country"),
    ("email", "E-mail"),
    ("tags", "Tags"),
]
TAG = "workshop-list"
PEOPLE = (
    ("Somchai", "Mr", "Thailand"),
    ("Nguyễn Thị Minh Khai", "Dr", "Viet Nam"),
    ("李明", "", "China"),
    ("王芳", "", "China"),
    ("张伟", "", "中国"),
    ("Suharto", "", "Indonesia"),
    ("Siti Nurhaliza binti Tarudin", "Datuk", "Malaysia"),
    ("José Rizal Mercado y Alonso Realonda", "", "Philippines"),
    ("ဒေါ်ခင်ခင်", "Daw", "Myanmar"),
    ("សុខ សុភា", "", "Cambodia"),
    ("ສົມສັກ", "", "Lao PDR"),
    ("Tan Wei Ling", "Prof.", "Singapore"),
    ("Maria do Céu", "", "Timor-Leste"),
    ("Haji Awang Ahmad", "Pehin", "Brunei"),
    ("Phạm Văn Đồng", "", "Vietnam"),
    ("กมลชนก ศรีสุข", "", "Thailand"),
    ("Thant Zin", "U", "Myanmar"),
    ("Chan Sophea", "H.E.", "Cambodia"),
    ("Budi Santoso", "", "Indonesia"),
    ("Lim Swee Aun", "", "Malaysia"),
    ("Bounthong", "", "Laos"),
    ("Ana Paula dos Santos", "", "East Timor"),
)


def row(number: int, name: str, title: str, country: str) -> dict[str, str]:
    return {
        "name": name,
        "title": title,
        "position": "Director",
        "organisation": f"Environment Agency {number}",
        "country": country,
        "email": f"person{number}@agency{number}.example",
        "tags": TAG,
    }


GOOD_ROWS = [row(number, *person) for number, person in enumerate(PEOPLE, 1)]
BAD_ROWS = [
    row(31, "", "", "Thailand"),
    row(32, "Without a country there is", "", "Atlantis"),
    {**row(33, "Broken Address", "", "Malaysia"), "email": "not an address"},
]
IN_CHINA = sum(country in ("China", "中国") for _name, _title, country in PEOPLE)
DELEGATE, VICE_MINISTER, IN_CHINESE = "Somchai", "Chan Sophea", "李明"
