; @{title} @{version}: the setup program for Windows, for Inno Setup 6.3 and later.
; Written by installers/windows/inno.py; change that, or the template beside it.

[Setup]
; By this, setup finds an earlier version to replace. It must never change.
AppId=@{app_id}
AppName=@{title}
AppVersion=@{version}
AppVerName=@{title} @{version}
AppPublisher=@{publisher}
AppCopyright=@{copyright}
@{homepage}VersionInfoVersion=@{numbers}
VersionInfoDescription=@{title} setup
SourceDir=@{bundle}
LicenseFile=@{licence}
SetupIconFile=@{icon}
OutputDir=@{out}
OutputBaseFilename=@{setup_name}
DefaultDirName={autopf}\@{title}
DefaultGroupName=@{title}
DisableProgramGroupPage=yes
UninstallDisplayName=@{title}
UninstallDisplayIcon={app}\@{program}
; For this user alone, and without an administrator; the first page offers all users.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Windows 10, version 1809: the oldest for which Qt 6.11 is made.
MinVersion=10.0.17763
Compression=lzma2/ultra64
SolidCompression=yes
LZMAUseSeparateProcess=yes
WizardStyle=modern
; A running linepaint is asked to close before its files are replaced; it asks in turn about unsaved drawings.
CloseApplications=yes
CloseApplicationsFilter=*.exe,*.dll,*.pyd
RestartApplications=no
ChangesAssociations=yes
ChangesEnvironment=yes
; To sign setup and uninstaller: iscc /DSIGNED "/Slinepaint=signtool sign … $f"
#ifdef SIGNED
SignTool=linepaint
SignedUninstaller=yes
#endif

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "path"; Description: "Let @{trainer_name} be typed in any command prompt (puts it on the PATH)"; GroupDescription: "Command line:"; Flags: unchecked

[InstallDelete]
; Modules that this version no longer has must not stay beside those that it has.
Type: filesandordirs; Name: "{app}\_internal"; Check: HoldsProgram

[Files]
@{files}

[Icons]
Name: "{group}\@{title}"; Filename: "{app}\@{program}"; Comment: "@{summary}"
Name: "{group}\@{trainer_name}"; Filename: "{cmd}"; Parameters: "/k ""set ""PATH={app};%PATH%"" && @{trainer_name} --help"""; WorkingDir: "{userdocs}"; IconFilename: "{app}\@{trainer}"; Comment: "@{trainer_summary}"
Name: "{autodesktop}\@{title}"; Filename: "{app}\@{program}"; Comment: "@{summary}"; Tasks: desktopicon

[Registry]
@{registry}

[Run]
Filename: "{app}\@{program}"; Description: "{cm:LaunchProgram,@{title}}"; Flags: nowait postinstall skipifsilent

[Code]
function HoldsProgram: Boolean;
begin
  Result := FileExists(ExpandConstant('{app}\@{program}'));
end;

{ Whether another program opens files with this ending; one that was removed and left its name behind does not. }
function IsTaken(Root: Integer; Ending, ProgId: String): Boolean;
var
  Owner: String;
begin
  Result := False;
  if RegQueryStringValue(Root, 'Software\Classes\' + Ending, '', Owner) then
    if (Owner <> '') and (CompareText(Owner, ProgId) <> 0) then
      Result := RegKeyExists(HKCU, 'Software\Classes\' + Owner) or RegKeyExists(HKLM, 'Software\Classes\' + Owner);
end;

function IsFree(Ending, ProgId: String): Boolean;
begin
  Result := not IsTaken(HKCU, Ending, ProgId) and not IsTaken(HKLM, Ending, ProgId);
end;

{ Leaves it alone where another program has taken over since. }
procedure Release(Ending, ProgId: String);
var
  Key, Owner: String;
begin
  Key := 'Software\Classes\' + Ending;
  if RegQueryStringValue(HKA, Key, '', Owner) then
    if CompareText(Owner, ProgId) = 0 then
      RegDeleteValue(HKA, Key, '');
end;

function EnvironmentKey: String;
begin
  if IsAdminInstallMode then
    Result := 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
  else
    Result := 'Environment';
end;

{ A list of folders, as PATH is one, without this folder; all others stay as they are written. }
function WithoutFolder(List, Folder: String; var Found: Boolean): String;
var
  Entry, Rest: String;
  Place: Integer;
begin
  Result := '';
  Rest := List;
  Found := False;
  while Rest <> '' do
  begin
    Place := Pos(';', Rest);
    if Place = 0 then
      Place := Length(Rest) + 1;
    Entry := Copy(Rest, 1, Place - 1);
    Delete(Rest, 1, Place);
    if CompareText(RemoveBackslash(RemoveQuotes(Trim(Entry))), RemoveBackslash(Folder)) = 0 then
      Found := True
    else if Result = '' then
      Result := Entry
    else
      Result := Result + ';' + Entry;
  end;
end;

{ Puts the program's folder at the end of PATH, or takes it out; PATH is not touched where it is right already. }
procedure SetOnPath(Wanted: Boolean);
var
  Path, Others, Folder: String;
  Exists, Found: Boolean;
begin
  Folder := ExpandConstant('{app}');
  Path := '';
  Exists := RegValueExists(HKA, EnvironmentKey, 'Path');
  if Exists and not RegQueryStringValue(HKA, EnvironmentKey, 'Path', Path) then
  begin
    Log('PATH cannot be read, and is left as it is.');
    Exit;
  end;
  Others := WithoutFolder(Path, Folder, Found);
  if Wanted = Found then
    Exit;
  if Wanted then
  begin
    if (Path <> '') and (Path[Length(Path)] <> ';') then
      Path := Path + ';';
    Others := Path + Folder;
  end;
  { The former keeps the kind of value that is there. }
  if Exists then
    RegWriteStringValue(HKA, EnvironmentKey, 'Path', Others)
  else
    RegWriteExpandStringValue(HKA, EnvironmentKey, 'Path', Others);
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if CurStep = ssPostInstall then
    SetOnPath(WizardIsTaskSelected('path'));
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if CurUninstallStep = usUninstall then
  begin
    SetOnPath(False);
@{releases}
  end;
end;
