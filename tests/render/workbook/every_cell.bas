REM Each line of jobs is a workbook and cells of its sheet Inputs with values, set apart by tabs:
REM opens the workbook, types the values in, recalculates, tells what stands there, and puts back what was there.
Sub Main
  On Error Goto Failed
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim before(99) As String
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  jobs = FreeFile
  Open Environ("OMSORG_JOBS") For Input As #jobs
  told = FreeFile
  Open Environ("OMSORG_FOUND") For Output As #told
  at = ""
  Do While Not Eof(jobs)
    Line Input #jobs, asked
    job = Split(asked, Chr(9))
    If job(0) <> at Then
      If at <> "" Then book.close(True)
      at = job(0)
      book = StarDesktop.loadComponentFromURL(at, "_blank", 0, hidden())
    End If
    typed = book.Sheets.getByName("Inputs")
    For place = 1 To UBound(job) Step 3
      cell = typed.getCellRangeByName(job(place))
      before(place) = cell.Formula
      If job(place + 1) = "text" Then
        cell.String = job(place + 2)
      Else
        cell.Value = Val(job(place + 2))
      End If
    Next place
    book.calculate()
    Tell told, book
    For place = 1 To UBound(job) Step 3
      typed.getCellRangeByName(job(place)).Formula = before(place)
    Next place
  Loop
  If at <> "" Then book.close(True)
  Close #told
  Exit Sub
Failed:
  Print #told, "failed" & Chr(9) & Error$ & " in line " & Erl
  Close #told
  StarDesktop.terminate()
End Sub

Sub Tell(told, book)
  For Each title In Array("Summary", "Calculation")
    sheet = book.Sheets.getByName(title)
    Print #told, "sheet" & Chr(9) & title & Chr(9) & sheet.queryFormulaCells(4).RangeAddressesAsString
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(True)
    For Each row In cursor.getDataArray()
      Print #told, Join(row, Chr(9))
    Next row
  Next title
End Sub
