using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lpsa.Members;
using Lpsa.Places;
using Lpsa.Platform;

namespace Lpsa.Tests;

/// <summary>Files as they really come: other programs, other letters, other delimiters, damaged, hostile.</summary>
public sealed class ImportFilesTests
{
    [Fact]
    public void Tags_in_a_cell_are_read_as_they_were_written() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyString[]>(),
                tags => TagList.Read(TagList.Write(tags.Select(t => t.Get))).SequenceEqual(tags.Select(t => t.Get))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_cell_makes_the_reader_of_tags_fail() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), cell => TagList.Read(cell.Get).All(t => t.Length > 0))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("utf-8", ',')]
    [InlineData("utf-8", ';')]
    [InlineData("utf-16", '\t')]
    [InlineData("utf-16BE", ';')]
    [InlineData("windows-1252", ';')]
    public async Task Letters_and_delimiter_are_found_out(string letters, char delimiter)
    {
        await using var site = await ImportScene.Start();
        var text = "Adresse e-mail|Prénom|Nom|Pays\r\nelise@example.org|Élise|Côté|Sénégal\r\n".Replace('|', delimiter);
        var encoding =
            letters == "windows-1252"
                ? CodePagesEncodingProvider.Instance.GetEncoding(1252)!
                : Encoding.GetEncoding(letters);
        foreach (
            var bytes in (byte[][])[encoding.GetBytes(text), [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]]
        )
        {
            await site.Take("liste.csv", bytes);
            var (account, member) = (await site.People())["elise@example.org"];
            Assert.Equal(("Élise Côté", "SEN"), (account.Name, member.Country));
        }
    }

    [Fact]
    public async Task A_row_in_other_letters_than_the_file_is_named()
    {
        await using var site = await ImportScene.Start();
        byte[] bytes = [.. "email,name\na@example.org,Élodie Çelik\nb@example.org,"u8, 0xC9, .. "lise\n"u8];
        var report = await site.Take("mixed.csv", bytes, new(KeepGoing: true));
        var finding = Assert.Single(report.Findings);
        Assert.Equal((3L, "name", 1), (finding.Line, finding.Column, report.New));
    }

    [Theory]
    [InlineData("nobody,X", "email")]
    [InlineData("a@b@c..d,X", "email")]
    [InlineData("a@example.org,\"X\r\nBcc: b@example.org\"", "name")]
    [InlineData("\"a@example.org\nBcc: b@example.org\",X", "email")]
    [InlineData("good@example.org,Again", "email")]
    [InlineData("a@example.org,X,Y", "row")]
    public async Task A_bad_row_is_named_and_nothing_is_taken_unless_asked(string row, string column)
    {
        await using var site = await ImportScene.Start();
        var file = $"email,name\ngood@example.org,Good\n{row}\n";
        var report = await site.Take("list.csv", file);
        Assert.Equal((3L, column), (report.Findings[0].Line, report.Findings[0].Column));
        Assert.Equal((false, 0), (report.IsDone, await site.Count<Account>()));
        report = await site.Take("list.csv", file, new(KeepGoing: true));
        Assert.Equal((true, 1, 1), (report.IsDone, report.Rejected, await site.Count<Member>()));
    }

    [Fact]
    public async Task A_name_of_three_hundred_letters_is_named()
    {
        await using var site = await ImportScene.Start();
        var report = await site.Take("list.csv", $"email,name\na@example.org,{new string('x', 300)}\n");
        Assert.Contains("300 characters", Assert.Single(report.Findings).Reason);
    }

    [Fact]
    public async Task An_open_quotation_mark_does_not_swallow_the_file()
    {
        await using var site = await ImportScene.Start();
        var refused = await Assert.ThrowsAsync<ImportException>(() =>
            site.Take("list.csv", "email,name\na@example.org,\"X\nb@example.org,Y\n")
        );
        Assert.StartsWith("list.csv:2:", refused.Message);
    }

    [Fact]
    public async Task An_implausible_time_is_told_and_the_time_of_the_import_counts()
    {
        await using var site = await ImportScene.Start();
        var report = await site.Take(
            "list.csv",
            "email,joined at\na@example.org,1066-10-14\nb@example.org,2015-06-01\n"
        );
        Assert.Equal((2, 2L), (report.New, Assert.Single(report.Findings).Line));
        var people = await site.People();
        Assert.Equal(site.Clock.GetUtcNow().UtcDateTime, people["a@example.org"].Member.JoinedAt);
        Assert.Equal(2015, people["b@example.org"].Member.JoinedAt.Year);
    }

    [Fact]
    public async Task A_column_may_be_named_and_one_without_addresses_is_refused()
    {
        await using var site = await ImportScene.Start();
        await Assert.ThrowsAsync<ImportException>(() => site.Take("list.csv", "Kontakt,Land\na@example.org,Kenya\n"));
        var map = new Dictionary<string, string> { ["Kontakt"] = "email", ["Land"] = "country" };
        await site.Take("list.csv", "Kontakt,Land\na@example.org,Kenya\n", new(Map: map));
        Assert.Equal("KEN", (await site.People())["a@example.org"].Member.Country);
    }

    [Fact]
    public async Task Listmonk_and_ghost_say_in_each_row_who_is_subscribed()
    {
        await using var site = await ImportScene.Start();
        await site.Take(
            "listmonk.csv",
            "uuid,email,name,attributes,status,created_at,updated_at\n"
                + "1,a@example.org,Ada Ndiaye,\"{\"\"country\"\":\"\"Senegal\"\",\"\"sectors\"\":[\"\"Health\"\"]}\",enabled,2020-01-01T00:00:00Z,\n"
                + "2,b@example.org,B,{},blocklisted,2020-01-01T00:00:00Z,\n3,c@example.org,C,{},disabled,,\n"
        );
        await site.Take(
            "ghost.csv",
            "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n"
                + "1,d@example.org,Dora,,true,,,2021-02-03T04:05:06.000Z,,\"Health,Education\",\n2,e@example.org,E,,false,,,,,,\n"
        );
        var people = await site.People();
        Assert.Equal(["a@example.org", "d@example.org"], people.Keys.Order());
        var (ada, dora) = (people["a@example.org"].Member, people["d@example.org"].Member);
        Assert.Equal(("SEN", "import:listmonk"), (ada.Country, ada.Origin));
        Assert.Single(ada.CodesOn(Axes.Sector));
        Assert.Equal(("import:ghost", 2021), (dora.Origin, dora.JoinedAt.Year));
        Assert.Equal(2, dora.CodesOn(Axes.Sector).Count);
        Assert.Equal(2, await site.Count<Suppression>());
    }

    [Fact]
    public async Task A_workbook_is_read_with_its_dates()
    {
        await using var site = await ImportScene.Start();
        var report = await site.Take("people.xlsx", Workbook("""<c r="D2" s="1"><v>43525</v></c>"""));
        Assert.Equal((1, "excel"), (report.New, report.Format));
        var (account, member) = (await site.People())["a@example.org"];
        Assert.Equal("Ana Souza", account.Name);
        Assert.Equal((new DateTime(2019, 3, 1, 0, 0, 0, DateTimeKind.Utc), "BRA"), (member.JoinedAt, member.Country));
    }

    [Theory]
    [InlineData("""<c r="D2" t="s"><v>99</v></c>""")]
    [InlineData("""<c r="D2" t="s"><v>x</v></c>""")]
    [InlineData("<c r=\"D2\"><v>1</c>")]
    [InlineData("<c r=\"ZZZZ2\"><v>1</v></c>")]
    public async Task A_damaged_workbook_is_refused_with_the_place(string cell)
    {
        await using var site = await ImportScene.Start();
        var refused = await Assert.ThrowsAsync<ImportException>(() => site.Take("people.xlsx", Workbook(cell)));
        Assert.Contains("sheet1.xml, row 2", refused.Message);
        Assert.Equal(0, await site.Count<Account>());
    }

    /// <summary>Class of zip bombs: ratio, and number of entries.</summary>
    [Fact]
    [Trait("Vulnerability", "10 decompression bomb")]
    public async Task An_archive_that_unpacks_beyond_measure_is_refused()
    {
        await using var site = await ImportScene.Start();
        var bomb = ImportScene.Archive(("subscribed_1.csv", "email\n" + new string('a', 5_000_000)));
        var refused = await Assert.ThrowsAsync<ImportException>(() => site.Take("bomb.zip", bomb));
        Assert.Contains("200 times", refused.Message);
        var many = ImportScene.Archive([.. Enumerable.Range(0, 1_001).Select(i => ($"{i}.csv", "email\n"))]);
        refused = await Assert.ThrowsAsync<ImportException>(() => site.Take("many.zip", many));
        Assert.Contains("1001 entries", refused.Message);
        await Assert.ThrowsAsync<ImportException>(() => site.Take("cut.zip", ImportScene.Audience()[..200]));
    }

    [Fact]
    public async Task An_import_that_dies_in_the_middle_leaves_nothing()
    {
        await using var site = await ImportScene.Start();
        var rows = string.Concat(Enumerable.Range(0, 2_500).Select(i => $"p{i}@example.org\n"));
        var told = 0;
        await Assert.ThrowsAsync<IOException>(() => site.Take("list.csv", "email\n" + rows, null, _ => Stop()));
        Assert.Equal(
            (0, 0, 0),
            (await site.Count<Account>(), await site.Count<Member>(), await site.Count<MemberImport>())
        );
        var report = await site.Take("list.csv", "email\n" + rows);
        Assert.Equal(2_500, report.New);

        void Stop()
        {
            if (++told == 2_200)
                throw new IOException();
        }
    }

    private static byte[] Workbook(string last) =>
        ImportScene.Archive(
            (
                "xl/workbook.xml",
                """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>"""
            ),
            (
                "xl/_rels/workbook.xml.rels",
                """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="sheet" Target="worksheets/sheet1.xml"/></Relationships>"""
            ),
            (
                "xl/styles.xml",
                """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"""
            ),
            (
                "xl/sharedStrings.xml",
                """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Correo electrónico</t></si><si><t>Nombre completo</t></si><si><t>País</t></si><si><t>joined at</t></si><si><r><t>Ana </t></r><r><t>Souza</t></r><rPh sb="0" eb="1"><t>ignored</t></rPh></si></sst>"""
            ),
            (
                "xl/worksheets/sheet1.xml",
                """<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1" t="s"><x:v>1</x:v></x:c><x:c r="C1" t="s"><x:v>2</x:v></x:c><x:c r="D1" t="s"><x:v>3</x:v></x:c></x:row><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>a@example.org</x:t></x:is></x:c><x:c r="B2" t="s"><x:v>4</x:v></x:c><x:c r="C2" t="str"><x:v>Brasil</x:v></x:c>"""
                    + last
                    + "</x:row></x:sheetData></x:worksheet>"
            )
        );
}
