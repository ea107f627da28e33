namespace Lpsa.Members;

/// <summary>Cells that a spreadsheet program would run as a formula when the file is opened there.</summary>
static class Spreadsheet
{
    private const string Starts = "=+-@\t\r";

    /// <summary>With the sign for text before it, where it would be a formula.</summary>
    public static string Harmless(string cell) => IsFormula(cell) ? "'" + cell : cell;

    /// <summary>Without that sign again.</summary>
    public static string Bare(string cell) => cell.StartsWith('\'') && IsFormula(cell[1..]) ? cell[1..] : cell;

    private static bool IsFormula(string cell) => cell.Length > 0 && Starts.Contains(cell[0]);
}
