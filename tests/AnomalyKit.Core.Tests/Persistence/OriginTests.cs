using AnomalyKit.Persistence;

namespace AnomalyKit.Core.Tests.Persistence;

public class OriginTests
{
    public static TheoryData<string?, string?, string[]> Origins => new()
    {
        { "AnomalyKit 9.9.9", "isolation-forest", ["TreeCount=50", "Threshold=contamination:0.01"] },
        { "AnomalyKit 9.9.9", null, [] },
        { null, "recommended", [] },
        { null, null, ["päth=a\"b\\c\n"] },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public void An_origin_comes_back_as_it_was(string? program, string? trainer, string[] settings)
    {
        var origin = new ModelOrigin { Program = program, Trainer = trainer, Settings = settings };
        var writer = new ModelWriter();
        OriginFormat.Write(writer.Scope(OriginFormat.Scope), origin);
        Assert.Equal(origin, Read(writer));
    }

    [Fact]
    public void A_file_that_says_nothing_has_no_origin() => Assert.Null(Read(new ModelWriter()));

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[\"a\"")]
    public void Settings_that_are_no_list_of_texts_are_refused(string settings)
    {
        var writer = new ModelWriter();
        writer.Scope(OriginFormat.Scope).Set("settings", settings);
        Assert.Contains("origin/settings", Assert.Throws<ModelFormatException>(() => Read(writer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Origins_of_other_settings_are_not_equal()
    {
        var origin = new ModelOrigin { Settings = ["a=1"] };
        Assert.NotEqual(origin, origin with { Settings = ["a=2"] });
        Assert.Throws<ArgumentException>(() => origin with { Settings = [null!] });
    }

    private static ModelOrigin? Read(ModelWriter writer)
    {
        var saved = new MemoryStream();
        writer.Save(saved);
        saved.Position = 0;
        var reader = ModelReader.Open(saved);
        var origin = OriginFormat.Read(reader.Scope(OriginFormat.Scope));
        reader.ThrowIfUnread();
        return origin;
    }
}
